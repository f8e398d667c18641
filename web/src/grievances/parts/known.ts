// What the screens ask for once and keep: categories, departments, and their people.

import { signal } from "@preact/signals";
import { listCategories, listDepartments, listSubjects } from "../api";
import type { Category, Department, Subject } from "../types";

/** The categories; nothing until they are known. */
export const categories = signal<readonly Category[] | undefined>(undefined);
/** The departments; nothing until they are known. */
export const departments = signal<readonly Department[] | undefined>(undefined);

/** The closed list of subjects that intake sets. */
export const subjects = signal<readonly Subject[] | undefined>(undefined);

/** Asks for what is not known yet. A failure leaves it unknown: the lists to pick from stay short. */
export async function learn(): Promise<void> {
  await Promise.all([
    categories.value ? undefined : renewCategories().catch(() => undefined),
    departments.value ? undefined : renewDepartments().catch(() => undefined),
    subjects.value ? undefined : renewSubjects().catch(() => undefined),
  ]);
}

/** Asks anew for the categories. */
export async function renewCategories(): Promise<void> {
  categories.value = (await listCategories()).items;
}

/** Asks anew for the departments. */
export async function renewDepartments(): Promise<void> {
  departments.value = (await listDepartments()).items;
}

/** The name of a subject; its code where it is not known. */
export function subjectName(code: string | null): string | null {
  return subjects.value?.find((subject) => subject.code === code)?.name ?? code;
}

/** Asks anew for the subjects. */
export async function renewSubjects(): Promise<void> {
  subjects.value = (await listSubjects()).items;
}

/** The subjects to pick from. */
export function subjectChoices(): { code: string; word: string }[] {
  return (subjects.value ?? [])
    .filter(({ active }) => active)
    .map(({ code, name }) => ({ code, word: name }));
}

/** The categories to pick from. */
export function categoryChoices(): { code: string; word: string }[] {
  return (categories.value ?? []).map(({ code, name }) => ({ code, word: name }));
}

/** The departments to pick from. */
export function departmentChoices(): { code: string; word: string }[] {
  const active = (departments.value ?? []).filter((department) => department.active);
  return active.map(({ id, name }) => ({ code: id, word: name }));
}

/** The people to pick from: those of one department, or of all. */
export function handlerChoices(department?: string): { code: string; word: string }[] {
  const chosen = (departments.value ?? []).filter(
    ({ id, active }) => active && (!department || id === department),
  );
  const people = new Map(chosen.flatMap(({ members }) => members).map((one) => [one.id, one]));
  return [...people.values()].map(({ id, name }) => ({ code: id, word: name ?? id }));
}
