/** A thread that reads opened files and then answers for them: only a door to what it found. */
import { createOpenedDocuments } from './opened-documents.ts'
import { answerCalls } from './store-door.ts'
import type { OpenedStores } from './store-messages.ts'

const documents = createOpenedDocuments()

const stores: OpenedStores = {
  documents,
  get traces() {
    return documents.traces
  },
  get logs() {
    return documents.logs
  },
  get metrics() {
    return documents.metrics
  },
}

answerCalls(stores)
