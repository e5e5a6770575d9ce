import type { Playing } from './container-now.ts'
import { backOffMs, pullFailure } from './kubelet-messages.ts'

/** As the kubelet does it: a missing image is tried again and again, ever more slowly. */
export function pullImage(playing: Playing, onPulled: () => void, failures = 0): void {
  const { options, later, wait } = playing
  const { random, container, behaviour, images, onEvent } = options
  const { image } = container
  if (behaviour.pull === 'invalid') {
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`
    onEvent('Warning', 'InspectFailed', message)
    onEvent('Warning', 'Failed', 'Error: InvalidImageName')
    wait('InvalidImageName', message)
    return
  }
  if (container.imagePullPolicy !== 'Always' && images.has(image)) {
    onEvent(
      'Normal',
      'Pulled',
      `Container image "${image}" already present on machine and can be accessed by the pod`,
    )
    later(100, onPulled)
    return
  }
  onEvent('Normal', 'Pulling', `Pulling image "${image}"`)
  const took = Math.round(images.has(image) ? random.between(100, 400) : random.between(1_000, 3_000))
  later(took, () => {
    if (behaviour.pull === 'missing') {
      failPull(playing, onPulled, failures)
      return
    }
    images.add(image)
    const seconds = `${took / 1000}s`
    const told = `in ${seconds} (${seconds} including waiting). Image size: 214958080 bytes.`
    onEvent('Normal', 'Pulled', `Successfully pulled image "${image}" ${told}`)
    later(200, onPulled)
  })
}

function failPull({ options, later, wait }: Playing, onPulled: () => void, failures: number): void {
  const { onEvent } = options
  const { image } = options.container
  const message = pullFailure(image)
  onEvent('Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
  onEvent('Warning', 'Failed', 'Error: ErrImagePull')
  wait('ErrImagePull', message)
  later(1_500, () => {
    onEvent('Normal', 'BackOff', `Back-off pulling image "${image}"`)
    onEvent('Warning', 'Failed', 'Error: ImagePullBackOff')
    wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`)
    later(backOffMs(failures), () => pullImage({ options, later, wait }, onPulled, failures + 1))
  })
}
