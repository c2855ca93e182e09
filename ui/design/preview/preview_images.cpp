// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_images.h"

#include "core/image/codec.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QImage>
#include <QMenu>
#include <QMimeData>
#include <algorithm>
#include <cstring>

namespace simclr::ui {

namespace {

Image imageOf(const QImage &picture) {
    const QImage rgb = picture.convertToFormat(QImage::Format_RGB888);
    Image image(rgb.width(), rgb.height());
    for (int y = 0; y < rgb.height(); ++y)
        std::memcpy(image.row(y), rgb.constScanLine(y), std::size_t(image.bytesPerRow()));
    return image;
}

QStringList filesOf(const QMimeData &data) {
    QStringList files;
    for (const QUrl &url : data.urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

bool isPicture(const QString &file) {
    return hasImageExtension(toPath(file));
}

} // namespace

PreviewImages::PreviewImages(QWidget *window) : QObject(window), m_window(window), m_menu(new QMenu(window)) {
    m_menu->setObjectName(QStringLiteral("previewImageMenu"));
    const auto add = [this](const char *name, const char *icon, const QString &text, auto work) {
        QAction *action = m_menu->addAction(theme::icon(QLatin1String(icon)), text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, work);
        return action;
    };
    add("openPreviewImages", "document-open", tr("Open images…"), &PreviewImages::openFiles);
    add("pastePreviewImage", "edit-paste", tr("Paste an image"), &PreviewImages::paste);
    m_back =
        add("backToDataset", "edit-undo", tr("Back to the dataset's images"), &PreviewImages::backToDataset);
    connect(m_menu, &QMenu::aboutToShow, this, [this] { m_back->setEnabled(m_own != nullptr); });
}

void PreviewImages::openFiles() {
    QStringList patterns;
    for (const std::string &extension : imageExtensions())
        patterns.append(QLatin1Char('*') + QString::fromStdString(extension));
    QFileDialog *dialog = newFileDialog(
        m_window, QStringLiteral("previewImageDialog"), tr("Preview with images"),
        tr("Images (%1);;All files (*)").arg(patterns.join(QLatin1Char(' '))), FolderFor::Images);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        std::vector<OwnImage> images;
        for (const QString &file : files)
            images.push_back({QFileInfo(file).fileName(), toPath(file), {}});
        show(std::move(images));
    });
    dialog->open();
}

void PreviewImages::paste() {
    const QMimeData *data = QApplication::clipboard()->mimeData();
    if (!data || !take(*data))
        Q_EMIT failed(tr("The clipboard contains no image."));
}

void PreviewImages::backToDataset() {
    if (std::exchange(m_own, nullptr))
        Q_EMIT changed();
}

bool PreviewImages::offersPictures(const QMimeData &data) {
    return data.hasImage() || std::ranges::any_of(filesOf(data), isPicture);
}

bool PreviewImages::take(const QMimeData &data) {
    const QStringList files = filesOf(data);
    std::vector<OwnImage> images;
    QStringList others;
    for (const QString &file : files)
        if (isPicture(file))
            images.push_back({QFileInfo(file).fileName(), toPath(file), {}});
        else
            others.append(QFileInfo(file).fileName());
    if (files.isEmpty() && data.hasImage())
        if (const QImage picture = qvariant_cast<QImage>(data.imageData()); !picture.isNull())
            images.push_back({tr("pasted image"), {}, imageOf(picture)});
    const bool isUsed = !images.empty() || !others.isEmpty();
    if (!images.empty())
        show(std::move(images));
    if (!others.isEmpty())
        Q_EMIT failed(tr("Not an image: %1.").arg(others.join(QStringLiteral(", "))));
    return isUsed;
}

void PreviewImages::show(std::vector<OwnImage> images) {
    m_own = std::make_shared<const std::vector<OwnImage>>(std::move(images));
    Q_EMIT changed();
}

} // namespace simclr::ui
