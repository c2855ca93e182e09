// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/split_text.h"

#include <QCoreApplication>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(SplitText)
};

} // namespace

QString splitText(ImageSplit split) {
    switch (split) {
    case ImageSplit::Train:
        return Texts::tr("training");
    case ImageSplit::Validation:
        return splitText(Split::Validation);
    case ImageSplit::Test:
        return splitText(Split::Test);
    case ImageSplit::Learn:
        return Texts::tr("learned from, not evaluated");
    case ImageSplit::None:
        break;
    }
    return Texts::tr("not used by the run");
}

} // namespace simclr::ui
