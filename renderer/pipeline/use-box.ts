import { useLayoutEffect, useRef, useState } from 'react'

/** The inner size of an element, known before the first paint and kept up to date. */
export function useBox<E extends HTMLElement>() {
  const ref = useRef<E>(null)
  const [box, setBox] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      setBox((before) => (before.width === width && before.height === height ? before : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, ...box }
}
