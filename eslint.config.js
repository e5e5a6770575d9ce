import { defineConfig, globalIgnores } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['dist', 'node_modules', 'test-results']),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      // Objects here are closures: no method uses `this`, so it may be handed on by itself.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
    },
  },
  { files: ['renderer/**/*.tsx', 'renderer/**/*.ts'], extends: [reactHooks.configs.flat.recommended] },
  // What we say has two languages (`shared/fault-sentences/`): the words of a fault are a server's or a program's.
  {
    files: ['shared/**/*.ts', 'renderer/**/*.ts', 'electron/**/*.ts'],
    ignores: ['electron/training/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.name=/^(failed|fault)InWords$/] > :matches(Literal[value=/\\S/], TemplateLiteral).arguments:nth-child(2)',
          message: 'A sentence of ours is a kind with values: failed(code, { kind: … }).',
        },
        {
          selector:
            'ObjectExpression:has(> Property[key.name="code"]) > Property[key.name="message"] > :matches(Literal[value=/\\S/], TemplateLiteral).value',
          message: 'A sentence of ours is a kind with values: faultOf(code, { kind: … }).',
        },
      ],
    },
  },
  // Patches work on plain JSON objects, whose keys are data.
  {
    files: ['electron/training/fields/patch-*.ts'],
    rules: { '@typescript-eslint/no-dynamic-delete': 'off' },
  },
  { files: ['*.ts', '*.js', '**/*.mjs'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
)
