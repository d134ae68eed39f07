export { Institution, type Post, postsOf } from './institution.ts';
export { InstitutionError, loadInstitution, parseInstitution, type Problem } from './load.ts';
