import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'the reset is forgotten where the group fails',
    changes: [
      [
        `        else outer.changes.push(own)
      }
      return result`,
        `        else outer.changes.push(own)
      }
      step.reset(token)
      return result`,
      ],
      [
        `      throw error
    } finally {
      step.reset(token)
    }`,
        `      throw error
    }`,
      ],
    ],
    finds: [],
    notTold: 'that the same context reads on what one path of a function left in the base context',
  },
]
