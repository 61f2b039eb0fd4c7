/** Questions that different filters ask, each at a place of its own; what was not asked for longest makes room. */
export type KeptQuestions<Q> = {
  /** Place of the question with this key; made if it is not there. */
  readonly placeOf: (key: string, make: () => Q) => number
  /** What stands at a place; undefined where nothing does. */
  readonly at: (place: number) => Q | undefined
  readonly all: () => readonly Q[]
}

/** @param most places there are */
export const createKeptQuestions = <Q>(most: number): KeptQuestions<Q> => {
  const keys: string[] = []
  const questions: Q[] = []
  const used: number[] = []
  let uses = 0

  const free = (): number => (keys.length < most ? keys.length : used.indexOf(Math.min(...used)))

  return {
    placeOf: (key, make) => {
      const known = keys.indexOf(key)
      const place = known < 0 ? free() : known
      if (known < 0) {
        keys[place] = key
        questions[place] = make()
      }
      used[place] = ++uses
      return place
    },
    at: (place) => questions[place],
    all: () => questions,
  }
}
