import type { Mistake } from '../mistake'

export const mistakes: Mistake[] = [
  {
    mistake: 'only an attempt that succeeds is reset',
    changes: [
      [
        `      return await work()
    } catch (error) {
      if (number === attempts || isFinal(error)) throw error
    } finally {
      attempt.reset(token)
    }`,
        `      const result = await work()
      attempt.reset(token)
      return result
    } catch (error) {
      if (number === attempts || isFinal(error)) throw error
    }`,
      ],
    ],
    finds: [
      {
        severity: 'info',
        rule: 'forgotten-reset',
        lines: ['attempt.reset(token)', 'const token = attempt.set({ number, of: attempts })'],
      },
    ],
  },
]
