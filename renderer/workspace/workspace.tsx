import { type IJsonModel, type ITabRenderValues, Layout, Model, type TabNode } from 'flexlayout-react'
import { useEffect, useState } from 'react'
import 'flexlayout-react/style/dark.css'
import './workspace.css'
import type { Role } from '../../shared/api/models.ts'
import type { DeskApi } from '../data/desk-client.ts'
import { useDesk } from '../data/desk-context.ts'
import { defaultLayout } from './default-layouts.ts'
import { GroupMark } from './group-mark.tsx'
import { PanelHost } from './panel-host.tsx'
import { isPanelId, panels } from './panels.ts'
import { readLayout, writeLayout } from './saved-layout.ts'
import { setWorkspace, useModel } from './workspace-store.ts'

/** Name under which a role's layout is kept; the desk keeps them apart by role. */
const LAYOUT_NAME = 'main'
const SAVE_AFTER_MS = 800

const modelOf = (json: IJsonModel | null, role: Role): Model => {
  try {
    if (json) return Model.fromJson(json)
  } catch {
    // A layout the library refuses is as good as none: the default is always there.
  }
  return Model.fromJson(defaultLayout(role))
}

const loadModel = async (api: DeskApi, role: Role): Promise<Model> => {
  try {
    const { json } = await api.layouts.load({ name: LAYOUT_NAME })
    return modelOf(json === null ? null : readLayout(json), role)
  } catch {
    return modelOf(null, role)
  }
}

const showPanel = (node: TabNode) => <PanelHost node={node} />

const renderTab = (node: TabNode, values: ITabRenderValues): void => {
  const id = node.getComponent()
  if (isPanelId(id) && panels[id].follows) values.leading = <GroupMark node={node} />
}

/** Loads the layout of the role once, then saves every change shortly after it was made. */
const useLayout = (role: Role): { model: Model | null; saveFailed: boolean } => {
  const { client } = useDesk()
  const model = useModel()
  const [saveFailed, setSaveFailed] = useState(false)

  useEffect(() => {
    let left = false
    const load = async (): Promise<void> => {
      const loaded = await loadModel(client.api, role)
      if (!left) setWorkspace(role, loaded)
    }
    void load()
    return () => {
      left = true
      setWorkspace(null, null)
    }
  }, [client, role])

  useEffect(() => {
    if (!model) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let saved = JSON.stringify(model.toJson())
    const save = async (): Promise<void> => {
      const json = model.toJson()
      if (JSON.stringify(json) === saved) return
      try {
        await client.api.layouts.save({ name: LAYOUT_NAME, json: writeLayout(json) })
        saved = JSON.stringify(json)
        setSaveFailed(false)
      } catch {
        setSaveFailed(true)
      }
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void save(), SAVE_AFTER_MS)
    }
    model.addChangeListener(later)
    return () => {
      clearTimeout(timer)
      model.removeChangeListener(later)
    }
  }, [client, model])

  return { model, saveFailed }
}

/** The docked panels of this window. */
export const Workspace = ({ role }: { readonly role: Role }) => {
  const { model, saveFailed } = useLayout(role)
  return (
    <div className="workspace">
      {model && (
        <Layout
          model={model}
          factory={showPanel}
          onRenderTab={renderTab}
          i18nTranslator={(key) => (isPanelId(key) ? panels[key].title : key)}
          realtimeResize
          invalidateTabContentOnParentRender={false}
        />
      )}
      {saveFailed && (
        <div className="workspace-note" role="status">
          The layout could not be saved. It stays as it is in this window.
        </div>
      )}
    </div>
  )
}
