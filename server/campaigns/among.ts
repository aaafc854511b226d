/** That a column has one of the values of a list, given as one parameter: JSON. There may be thousands. */
export const amongJson = (column: string): string => `${column} in (select value from json_each(?))`;
