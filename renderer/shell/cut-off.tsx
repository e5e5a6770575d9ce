import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useLink, useStores } from '../stores/store-context.tsx'

/** Above whatever is drawn: the application behind the page is lost, and how it is reached again. */
export function CutOff() {
  const { shell } = useWords()
  const link = useLink()
  if (link === 'lost')
    return (
      <p className="banner cut-off" title={`${shell.bannerLink} ${shell.bannerLinkWhy}`}>
        <Icon name="unplug" />
        <span>
          <b>{shell.bannerLink}</b> {shell.bannerLinkWhy}
        </span>
      </p>
    )
  if (link !== 'refused') return null
  return (
    <div className="banner cut-off">
      <Icon name="unplug" />
      <div>
        <p>
          <b>{shell.addressOld}</b> {shell.addressNext}
        </p>
        <AddressField />
      </div>
    </div>
  )
}

/** Before anything has come: why nothing does, and a way on. */
export function NotReached() {
  const { shell } = useWords()
  const isRefused = useLink() === 'refused'
  return (
    <section className="start-screen" aria-labelledby="start-title">
      <span className="start-icon tone-warn">
        <Icon name={isRefused ? 'key' : 'unplug'} />
      </span>
      <h1 id="start-title">{isRefused ? shell.addressWrong : shell.notReached}</h1>
      <p>{isRefused ? shell.addressWrongWhy : shell.notReachedWhy}</p>
      {isRefused ? (
        <>
          <p>{shell.addressNext}</p>
          <AddressField />
        </>
      ) : null}
    </section>
  )
}

/** The address as it was printed, with its key. */
function AddressField() {
  const { shell } = useWords()
  const { ports } = useStores()
  const [address, setAddress] = useState('')
  const [wrong, setWrong] = useState(false)
  const { enter } = ports.client
  if (enter === undefined) return null
  return (
    <form
      className="address-form"
      onSubmit={(event) => {
        event.preventDefault()
        setWrong(!enter(address))
      }}
    >
      <input
        className="text-field mono"
        aria-label={shell.address}
        placeholder="http://127.0.0.1:…/#k=…"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        value={address}
        onChange={(event) => {
          setAddress(event.target.value)
          setWrong(false)
        }}
      />
      <button type="submit" className="btn strong" disabled={address.trim() === ''}>
        {shell.addressOpen}
      </button>
      {wrong ? (
        <p className="tone-fail small-text" role="alert">
          {shell.addressNone}
        </p>
      ) : null}
    </form>
  )
}
