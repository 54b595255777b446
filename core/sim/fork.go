package sim

// Fork returns a copy of the world that goes its own way: for a dry run, or to look at what a line would do. Open questions
// and waits are not copied.
func (w *World) Fork() (*World, error) {
	o := w.options
	o.Listen, o.Disk = nil, nil
	return Load(w.Save(), o)
}
