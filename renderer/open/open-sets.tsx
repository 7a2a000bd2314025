import { Link } from '@tanstack/react-router'
import type { OpenedSource } from '#shared/api/contract'
import { hrefOfFiles } from '../state/files'
import { filesOfSource } from '../state/files-source'
import { keptSets } from '../state/opened-source'
import { useChooseFiles } from '../state/use-open-files'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import styles from './files-page.module.css'

/** Where no files are named: which are open, and the way to each. */
export function OpenSets({ opened }: { readonly opened: readonly OpenedSource[] }) {
  const chooseFiles = useChooseFiles()
  return (
    <section className={styles.sets} aria-labelledby="open-files">
      <h1 id="open-files">Open files</h1>
      <ul aria-labelledby="open-files">
        {opened.map(({ id, place }) => (
          <li key={id} className="row">
            <Icon name="file" size="s" className="t3" />
            <Link to={hrefOfFiles(filesOfSource(id))} className="m cut" title={place}>
              {place}
            </Link>
          </li>
        ))}
      </ul>
      <p className="t2">{keptSets}</p>
      <div className="row">
        <Button look="primary" icon="file" onClick={() => void chooseFiles()}>
          Open file
        </Button>
      </div>
    </section>
  )
}
