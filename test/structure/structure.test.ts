import { describe } from 'vitest';
import { testFixtures } from '../fixtures.ts';
import { structureOf } from './outline.ts';

describe('structure', () => testFixtures(new URL('./fixtures/', import.meta.url), structureOf));
