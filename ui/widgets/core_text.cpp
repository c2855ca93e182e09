// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/core_text.h"

#include <QCoreApplication>

namespace simclr::ui {

QString coreText(std::string_view text) {
    const QByteArray source(text.data(), static_cast<qsizetype>(text.size()));
    return source.isEmpty() ? QString() : QCoreApplication::translate("core", source.constData());
}

} // namespace simclr::ui
