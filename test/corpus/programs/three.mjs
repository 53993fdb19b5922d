import {
  Box3,
  BoxGeometry,
  BufferAttribute,
  BufferGeometryLoader,
  Color,
  Euler,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Quaternion,
  Raycaster,
  Scene,
  Vector3,
} from 'three'

const round = (values) => Array.from(values, (value) => Math.round(value * 1e6) / 1e6)

export function vectors() {
  const turned = new Vector3(1, 2, 3).applyQuaternion(
    new Quaternion().setFromEuler(new Euler(0.1, 0.2, 0.3)),
  )
  const { elements } = new Matrix4()
    .makeRotationY(1)
    .multiply(new Matrix4().makeTranslation(1, 2, 3))
    .invert()
  return [round(turned.toArray()), round(elements), new Color('rebeccapurple').getHexString()]
}
export function hits() {
  const scene = new Scene()
  const mesh = new Mesh(new BoxGeometry(1, 1, 1), new MeshBasicMaterial({ color: 0xff0000 }))
  mesh.position.set(0, 0, -5)
  scene.add(mesh)
  scene.updateMatrixWorld()
  const found = new Raycaster(new Vector3(), new Vector3(0, 0, -1)).intersectObjects(scene.children)
  return [
    found.length,
    round(found[0].point.toArray()),
    found[0].faceIndex,
    round(new Box3().setFromObject(mesh).min.toArray()),
  ]
}
export function saved() {
  const camera = new PerspectiveCamera(50, 2, 0.1, 10)
  const geometry = new BufferGeometryLoader().parse(
    new BoxGeometry(1, 2, 3).toNonIndexed().toJSON(),
  )
  return [
    round(camera.projectionMatrix.elements),
    geometry.attributes.position?.count,
    camera.toJSON().object.type,
  ]
}
export const failing = () => new BufferAttribute([1], 3)
