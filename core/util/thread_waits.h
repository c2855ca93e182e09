// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// The threads of an OpenMP team wait for one another by spinning: where
/// other programs use the cores too, it takes their time from the very thread that is waited for, and
/// training becomes slower. libgomp reads its bound before main(), so where GOMP_SPINCOUNT and
/// OMP_WAIT_POLICY are not set, the program starts itself once more with a bound; where that cannot be, it
/// goes on as it is. Call it first in main() with its arguments.
void boundSpinning(char **arguments);

} // namespace simclr
