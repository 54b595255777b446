package lesson

import "hsmplay/core/sim"

// Met plays lines in a world, and tells which steps' goals are met then.
func Met(l *Lesson, w *sim.World, lines []string) (met []bool) {
	s := &stage{world: w}
	s.tab(1)
	watch := newWatch(l, 0, s, nil, nil)
	s.play(lines, func() names { return nil })
	for i := range l.Steps {
		watch.step = &l.Steps[i]
		met = append(met, watch.look(watch.eyes(s)).all())
	}
	return met
}

// Own plays the lesson's own way through the step that is played, and tells the player.
func (p *Player) Own(at int64) State {
	p.stage.play(p.watch.step.Solution, func() names { return p.watch.names(p.stage) })
	p.Observe(p.Front(), at)
	return p.State()
}
