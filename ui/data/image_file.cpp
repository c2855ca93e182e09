// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/image_file.h"

#include "core/data/joined_dataset.h"
#include "core/data/selected_dataset.h"
#include "ui/text/paths.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace simclr::ui {

namespace {

const QString fileManager = QStringLiteral("org.freedesktop.FileManager1");

bool hasFileManager(const QDBusConnection &bus) {
    return bus.isConnected() && bus.interface() != nullptr &&
           (bus.interface()->isServiceRegistered(fileManager).value() ||
            bus.interface()->activatableServiceNames().value().contains(fileManager));
}

std::optional<std::filesystem::path> fileOfPart(const JoinedDataset &joined, std::uint32_t sample) {
    const std::uint32_t first = joined.labelledPart().firstSample;
    return sample < first ? fileOf(*joined.parts().front(), sample)
                          : fileOf(*joined.parts().back(), sample - first);
}

} // namespace

std::optional<std::filesystem::path> fileOf(const Dataset &dataset, std::uint32_t sample) {
    if (const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset))
        return sample < selected->size() ? fileOf(selected->base(), selected->baseSample(sample))
                                         : std::nullopt;
    if (const auto *joined = dynamic_cast<const JoinedDataset *>(&dataset))
        return fileOfPart(*joined, sample);
    const DatasetReport &report = dataset.report();
    const std::string kind = "folder:";
    if (report.kind != "folder" || !report.source.starts_with(kind) || sample >= dataset.size())
        return std::nullopt;
    return std::filesystem::path(report.source.substr(kind.size())) / dataset.sampleName(sample);
}

void showInFileManager(const std::filesystem::path &file) {
    const QString path = toQString(file);
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!hasFileManager(bus)) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
        return;
    }
    QDBusMessage message =
        QDBusMessage::createMethodCall(fileManager, QStringLiteral("/org/freedesktop/FileManager1"),
                                       fileManager, QStringLiteral("ShowItems"));
    message << QStringList{QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded)} << QString();
    bus.asyncCall(message);
}

} // namespace simclr::ui
