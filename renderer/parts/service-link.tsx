import { useContext } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { OpenService } from './open-service.ts'

type ServiceLinkProps = {
  readonly service: string
  readonly namespace?: string | undefined
}

/** From where a release of another Service stands in the way to that Service. */
export function ServiceLink({ service, namespace }: ServiceLinkProps) {
  const { shell: words } = useWords()
  const open = useContext(OpenService)
  if (open === undefined) return null
  return (
    <button type="button" className="link" onClick={() => open(service, namespace)}>
      {words.openService(service)}
    </button>
  )
}
