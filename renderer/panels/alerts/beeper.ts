/** Two short tones. Browsers keep audio silent until the page was used once; until then nothing sounds. */
export type Beeper = { readonly beep: () => void; readonly close: () => void }

const tone = (audio: AudioContext, frequency: number, at: number): void => {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.frequency.value = frequency
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(0.12, at + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.16)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.17)
}

export const createBeeper = (): Beeper => {
  let audio: AudioContext | undefined
  return {
    beep: () => {
      if (!navigator.userActivation.hasBeenActive) return
      audio ??= new AudioContext()
      tone(audio, 880, audio.currentTime)
      tone(audio, 1175, audio.currentTime + 0.18)
    },
    close: () => void audio?.close(),
  }
}
