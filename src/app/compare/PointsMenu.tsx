import { useEffect } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Check } from 'lucide-react';
import { useCaptures } from '../stores/captures.ts';
import { useCompare } from '../stores/compare.ts';
import { pointChoices, runPoints, useComparison } from './compare-run.ts';
import { count as grouped } from '../../core/format/number.ts';

/** Further captures of the same packets: each gets a column with the packet's number there. */
export function PointsMenu() {
  const captures = useCaptures((state) => state.captures);
  const points = useCompare((compare) => compare.points);
  const { report, of, points: shown } = useComparison();
  const choices = pointChoices(captures, of);
  const key = points.filter((id) => choices.some((choice) => choice.id === id)).join(' ');
  useEffect(() => {
    if (report && key !== useComparison.getState().points.map(({ id }) => id).join(' ')) void runPoints();
  }, [report, key]);
  if (!report || choices.length === 0) return null;
  return (
    <MenuTrigger>
      <Button className="button quiet">Also at</Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label="Also at" selectionMode="multiple" selectedKeys={points} onSelectionChange={(keys) => useCompare.setState({ points: keys === 'all' ? choices.map(({ id }) => id) : choices.flatMap(({ id }) => (keys.has(id) ? [id] : [])) })}>
          {choices.map(({ id, name }) => {
            const found = shown.find((point) => point.id === id)?.found;
            return (
              <MenuItem key={id} id={id} className="menu-item check" textValue={name}>
                {({ isSelected }) => <><span className="check-mark">{isSelected && <Check size={13} aria-hidden />}</span><span>{name}</span>{found !== undefined && <span className="menu-line menu-count">{grouped(found)} of the source's packets</span>}</>}
              </MenuItem>
            );
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
