/** As a person does it: pastes into the dialog once it stands there, and looks at it. */
export function pasteAndLook(text: string): void {
  const watch = new MutationObserver(() => {
    const field = document.querySelector<HTMLTextAreaElement>('.kubeconfig-fields textarea')
    if (field === null) return
    watch.disconnect()
    // React hears of a value only through the element's own setter.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    requestAnimationFrame(() => field.form?.requestSubmit())
  })
  watch.observe(document.body, { childList: true, subtree: true })
}
