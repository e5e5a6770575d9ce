import { describe, expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { applicationContainer, type ContainerHint } from '../../../../shared/model/application-container.ts'
import { type BatchContainers } from '../../../../shared/model/container-lines.ts'

type Parts = {
  readonly name?: string
  readonly says?: string
  readonly init?: Readonly<Record<string, string>>
}

/** One batch by its containers, each with its image. */
function batch(number: number, main: Readonly<Record<string, string>>, parts: Parts = {}): BatchContainers {
  const read = (all: Readonly<Record<string, string>>, init: boolean) =>
    Object.entries(all).map(([container, image]) => ({ container, image, init }))
  return {
    uid: uid(`b${number}`),
    name: parts.name ?? `web-${number}`,
    images: [...read(main, false), ...read(parts.init ?? {}, true)],
    ...(parts.says !== undefined && { defaultContainer: parts.says }),
  }
}

/** The container of each batch, or `ask`. */
const found = (batches: readonly BatchContainers[], hint: ContainerHint = {}): string => {
  const one = applicationContainer(batches, hint)
  return one.kind === 'ask'
    ? `ask ${one.names.join(' ')}`
    : batches.map((batch) => one.containers.get(batch.uid) ?? '-').join(' ')
}

const app = 'registry.example:5000/team/app:1.0'
const log = 'registry.example:5000/obs/fluent-bit:3.1'
const both = { 'fluent-bit': log, app }

describe('what a person names', () => {
  test('is the container, above any annotation, in every batch that has it', () => {
    const batches = [batch(1, both, { says: 'app' }), batch(2, both, { says: 'app' }), batch(3, { app })]
    expect(found(batches, { container: 'fluent-bit' })).toBe('fluent-bit fluent-bit -')
  })

  test('may be an init container or a native sidecar', () => {
    expect(found([batch(1, { app }, { init: { proxy: log } })], { container: 'proxy' })).toBe('proxy')
  })

  test('that is in no batch is asked about again', () => {
    expect(found([batch(1, both)], { container: 'nope' })).toBe('ask fluent-bit app')
  })
})

describe('the annotation', () => {
  test('decides where a sidecar stands first', () => {
    const batches = [batch(1, both, { says: 'app' }), batch(2, both, { says: 'app' })]
    expect(found(batches)).toBe('app app')
  })

  test('counts for each batch by itself, and holds for those that have none', () => {
    const server = { server: app, 'fluent-bit': log }
    expect(found([batch(1, both, { says: 'app' }), batch(2, server, { says: 'server' })])).toBe('app server')
    expect(found([batch(1, both, { says: 'app' }), batch(2, both)])).toBe('app app')
    expect(found([batch(1, both, { says: 'app' }), batch(2, server)])).toBe('ask fluent-bit app server')
  })

  test('that names a container which is not there says nothing', () => {
    expect(found([batch(1, both, { says: 'gone' })])).toBe('ask fluent-bit app')
  })

  test('against a reference of the very repository of another container is asked about', () => {
    const batches = [batch(1, both, { says: 'app' }), batch(2, both, { says: 'app' })]
    expect(found(batches, { image: 'registry.example:5000/obs/fluent-bit:3.2' })).toBe('ask fluent-bit app')
    expect(found(batches, { image: 'elsewhere.example/another/name:2' })).toBe('app app')
  })
})

describe('the repository of a reference that is given whole', () => {
  const batches = [batch(1, both), batch(2, both)]

  test('finds the container that pulls from it, whatever stands first', () => {
    expect(found(batches, { image: 'registry.example:5000/team/app:2.0' })).toBe('app app')
    expect(found(batches, { image: 'registry.example:5000/team/app@sha256:ab' })).toBe('app app')
  })

  test('is recognized behind another registry', () => {
    expect(found(batches, { image: 'new.example/team/app:2.0' })).toBe('app app')
    const mixed = [
      batch(1, { app: 'eu.example/team/app:1', log }),
      batch(2, { app: 'us.example/team/app:1', log }),
    ]
    expect(found(mixed, { image: 'eu.example/team/app:2' })).toBe('app app')
  })

  test('that two containers pull from, or none, is asked about', () => {
    const twice = { web: app, worker: app, log }
    expect(found([batch(1, twice)], { image: app })).toBe('ask web worker log')
    expect(found(batches, { image: 'registry.example:5000/team/other:2' })).toBe('ask fluent-bit app')
  })

  test('that an init container has as well means the application', () => {
    expect(found([batch(1, both, { init: { migrate: app } })], { image: app })).toBe('app')
  })

  test('that only a native sidecar pulls from means the sidecar', () => {
    const one = batch(1, { app, web: 'w:1' }, { init: { proxy: 'mesh/proxy:1' } })
    expect(found([one], { image: 'mesh/proxy:2' })).toBe('proxy')
  })
})

describe('without a word from anybody', () => {
  test('the only container of a batch is it, whatever it is called in each of them', () => {
    expect(found([batch(1, { 'web-1': app }), batch(2, { 'web-2': app })])).toBe('web-1 web-2')
    expect(found([batch(1, { app }, { init: { first: log } })])).toBe('app')
  })

  test('a container that not all batches have is not it', () => {
    expect(found([batch(1, both), batch(2, { app })])).toBe('app app')
    expect(found([batch(1, { debug: 'd:1', app }), batch(2, both)])).toBe('app app')
  })

  test('two that all have are asked about, though one of them differs in nothing', () => {
    expect(found([batch(1, both), batch(2, both)])).toBe('ask fluent-bit app')
    const eu = { 'fluent-bit': log, app: 'eu.example/team/app:1' }
    const us = { 'fluent-bit': log, app: 'us.example/team/app-next:1' }
    expect(found([batch(1, eu), batch(2, us)])).toBe('ask fluent-bit app')
  })

  test('a sidecar that is alike everywhere is not taken for an application with a name of its own in each batch', () => {
    const one = batch(1, { 'web-1': 'team/web-one:1', filebeat: log })
    const two = batch(2, { 'web-2': 'team/web-two:1', filebeat: log })
    expect(found([one, two])).toBe('ask web-1 filebeat web-2')
    // The same, known to be one by its repository.
    expect(
      found([batch(1, { 'web-1': app, filebeat: log }), batch(2, { 'web-2': app, filebeat: log })]),
    ).toBe('ask web-1 filebeat web-2')
  })

  test('names that every object has by itself are names like others', () => {
    expect(found([batch(1, { constructor: app })])).toBe('constructor')
  })
})
