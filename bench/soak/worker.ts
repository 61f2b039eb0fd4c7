/** The book's worker with a twin beside the book, which hears of each frame first: behind the book there is nothing left of it. */
import './twin.ts'
import '../../main/book/worker.ts'
