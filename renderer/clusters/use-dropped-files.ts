import { useEffect } from 'react'
import { useStores } from '../stores/store-context.tsx'
import { readDropped } from './kubeconfig-source.ts'

/** Files that are dropped anywhere are looked at as kubeconfigs. Without this the page would go to the file. */
export function useDroppedFiles(): void {
  const { ui } = useStores()
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      const files = event.dataTransfer?.files
      if (files === undefined || files.length === 0) return
      event.preventDefault()
      void readDropped(files).then((dropped) => ui.actions.addKubeconfigs(dropped))
    }
    document.addEventListener('dragover', over)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('drop', drop)
    }
  }, [ui])
}
