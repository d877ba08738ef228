import '@fontsource-variable/source-sans-3/wght.css'
import '@fontsource-variable/source-code-pro/wght.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refusal } from './api/request.ts'
import { makeRouter } from './router.tsx'
import { applyTheme, storedTheme } from './shell/theme.ts'

applyTheme(storedTheme())

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      // What the server refuses it will refuse again; only silence is worth another try.
      retry: (failures, error) => error instanceof Refusal && error.status === 0 && failures < 3,
    },
  },
})

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no #app')
createRoot(root, {
  // What the server refuses is shown on the screen, and is no fault of it.
  onCaughtError(error) {
    if (!(error instanceof Refusal)) reportError(error)
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={makeRouter(client)} />
    </QueryClientProvider>
  </StrictMode>,
)
