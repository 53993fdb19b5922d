declare module 'virtual:package/*' {
  /** Absolute path in the volume to text. */
  const files: Readonly<Record<string, string>>
  export default files
}
