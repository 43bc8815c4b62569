/** What steps of the build give as modules. */
declare module 'virtual:sprite' {
  /** Address of the file with the icons. */
  const address: string;
  export default address;
}

declare module 'virtual:boundaries' {
  /** Address of the file with the outlines of the Ambiti. */
  const address: string;
  export default address;
}
