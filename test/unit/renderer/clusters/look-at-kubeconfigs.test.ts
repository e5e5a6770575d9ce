import { expect, test } from 'vitest'
import { readDropped } from '../../../../renderer/clusters/kubeconfig-source.ts'
import { addKubeconfigs, lookAtKubeconfigs } from '../../../../renderer/clusters/look-at-kubeconfigs.ts'
import type { Client } from '../../../../renderer/stores/client.ts'
import { failedInWords, ok } from '../../../../shared/fault.ts'
import { kubeconfigBytes } from '../../../../shared/limits.ts'

/** What the browser gives for a folder, and for a file that has gone meanwhile. */
function unreadable(name: string): File {
  return Object.assign(new File(['x'], name), {
    arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
  })
}

/** Takes what says `good`. */
function memoryClient() {
  const sent: string[] = []
  const call = (name: string, input: { readonly text: string }) => {
    sent.push(`${name} ${input.text.slice(0, 20)}`)
    if (!input.text.includes('good'))
      return Promise.resolve(failedInWords('kubeconfig', 'The file is empty.'))
    return Promise.resolve(ok({ contexts: [{ name: input.text }], problems: [] }))
  }
  return { sent, client: { call } as unknown as Pick<Client, 'call'> }
}

const text = (name: string, content: string) => ({ kind: 'text', name, text: content }) as const

test('one file that can not be read, and one that is too large, leave the others', async () => {
  const large = new File(['x'.repeat(kubeconfigBytes + 1)], 'disk.img')
  const dropped = await readDropped([
    new File(['good one'], 'east.yaml'),
    unreadable('keys'),
    large,
    new File([new Uint8Array([0xff, 0xfe, 0x67, 0, 0x6f, 0])], 'powershell.conf'),
  ])
  expect(dropped).toEqual([
    { kind: 'read', source: text('east', 'good one') },
    { kind: 'unread', name: 'keys', why: 'not-readable' },
    { kind: 'unread', name: 'disk.img', why: 'too-large' },
    { kind: 'read', source: text('powershell', 'go') },
  ])
})

test('what is no kubeconfig is named, and what is one is brought', async () => {
  const { client } = memoryClient()
  const looked = await lookAtKubeconfigs(client, [text('a', 'bad'), text('b', 'good')])
  expect(looked.sources).toEqual([text('b', 'good')])
  expect(looked.report.contexts).toEqual([{ name: 'good' }])
  expect(looked.refused).toEqual([
    { name: 'a', fault: { code: 'kubeconfig', message: 'The file is empty.' } },
  ])
})

test('each is added by itself: one that is refused then is named, and takes none along', async () => {
  const { client, sent } = memoryClient()
  const refused = await addKubeconfigs(client, [text('a', 'good 1'), text('b', 'bad'), text('c', 'good 2')])
  expect(refused.map((one) => one.name)).toEqual(['b'])
  expect(sent).toEqual(['kubeconfig/add good 1', 'kubeconfig/add bad', 'kubeconfig/add good 2'])
})

test.each([
  ['letters of one byte', 'x'.repeat(kubeconfigBytes + 1)],
  ['letters of three bytes', '集'.repeat(Math.ceil(kubeconfigBytes / 3) + 1)],
])('a text that is too large, in %s, is refused in a sentence and not sent', async (_name, content) => {
  const { client, sent } = memoryClient()
  const looked = await lookAtKubeconfigs(client, [text('pasted', content)])
  expect(looked.refused).toEqual([
    { name: 'pasted', fault: { code: 'kubeconfig', sentence: { kind: 'file-too-large' }, message: '' } },
  ])
  expect(sent).toEqual([])
})
