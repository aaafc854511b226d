import { useState } from 'react';

/** A value that this browser keeps from visit to visit. Where nothing can be kept it lasts as long as the page. */
export function useStored<T>(key: string, first: T): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readStored(key, first));
  const store = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Full or forbidden: the page still works.
    }
  };
  return [value, store];
}

/** What is kept under a key now, by this page or another one of this browser. */
export function readStored<T>(key: string, first: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? first : (JSON.parse(text) as T);
  } catch {
    return first;
  }
}
