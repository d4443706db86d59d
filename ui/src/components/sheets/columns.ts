/** What each column of a file is, whatever its rows are about. */

/** The columns' names, each once; a column without one is called by its number. */
export function namesOf(
  first: readonly string[],
  width: number,
  header: boolean,
  numbered: (column: number) => string,
): string[] {
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    const name = (header ? (first[column] ?? "") : "").trim().slice(0, 60);
    const own = name === "" ? numbered(column + 1) : name;
    names.push(names.includes(own) ? `${own} ${String(column + 1)}` : own);
  }
  return names;
}

/** No two columns are the same field: the last one that somebody chose is it. */
export function withRole<Role extends string>(
  roles: readonly Role[],
  column: number,
  role: Role,
  rest: { none: Role; several?: Role },
): Role[] {
  return roles.map((old, place) => {
    if (place === column) return role;
    return old === role && role !== rest.several ? rest.none : old;
  });
}

/** How many columns the first rows have. */
export function widthOf(sample: readonly (readonly string[])[]): number {
  return Math.max(...sample.map((cells) => cells.length), 0);
}
