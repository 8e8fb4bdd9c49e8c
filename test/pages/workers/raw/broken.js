// A worker that does not come far.

throw new RangeError('broken')
