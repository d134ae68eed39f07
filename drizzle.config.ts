import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/register/schema.ts',
  out: './src/register/migrations',
});
