import '../book/worker.ts'
import { awaitDeath } from './test-death.ts'

/** The book's worker, except that it dies when it is told to. */
awaitDeath()
