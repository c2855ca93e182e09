// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// QCustomPlot's header uses Qt's keywords, which this program switches off (QT_NO_KEYWORDS) because LibTorch
// has a function named slots(). They are defined for this header only.
#include <QtGlobal>
#ifdef QT_NO_KEYWORDS
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef foreach
#undef slots
#undef signals
#else
#include <qcustomplot.h>
#endif
