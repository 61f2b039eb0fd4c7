import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/button.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openDesk } from './data/open-desk.ts'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
const desk = await openDesk(window)
createRoot(place).render(<App desk={desk} />)
