// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/paths.h"

#include <QFile>

namespace simclr::ui {

QString toQString(const std::filesystem::path &path) {
    return QFile::decodeName(path.native().c_str());
}

std::filesystem::path toPath(const QString &name) {
    return QFile::encodeName(name).toStdString();
}

std::string encodedPath(const std::filesystem::path &path) {
    return QByteArray::fromStdString(path.native()).toPercentEncoding("/ ").toStdString();
}

std::filesystem::path decodedPath(const std::string &text) {
    return QByteArray::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString();
}

} // namespace simclr::ui
