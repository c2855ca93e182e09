// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_picture.h"

#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/design/preview/preview_pages.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QToolButton>
#include <QToolTip>

namespace simclr::ui {

namespace {

/// "PNG" or "JPG" by the extension of the name; empty for other extensions.
QByteArray formatOf(const QString &file) {
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == QStringLiteral("png"))
        return "PNG";
    return suffix == QStringLiteral("jpg") || suffix == QStringLiteral("jpeg") ? "JPG" : QByteArray();
}

void write(const QImage &picture, const QString &file) {
    const QByteArray format = formatOf(file);
    if (format.isEmpty())
        throw InvalidInput(displayName(toPath(file).filename()) +
                           " does not end in .png or .jpg, the supported formats");
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    constexpr int jpegQuality = 95;
    if (!picture.save(&buffer, format.constData(), format == "JPG" ? jpegQuality : -1))
        throw IoError(displayName(toPath(file)) + " cannot be written: the picture is too large");
    writeFileAtomically(toPath(file), bytes.toStdString());
}

} // namespace

PreviewPicture::PreviewPicture(PreviewPages &pages)
    : QObject(&pages), m_pages(pages), m_menu(new QMenu(&pages)) {
    m_menu->setObjectName(QStringLiteral("previewMenu"));
    const auto add = [this](const char *name, const char *icon, const QString &text, auto work) {
        QAction *action = m_menu->addAction(theme::icon(QLatin1String(icon)), text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, work);
        return action;
    };
    m_copy = add("copyPicture", "edit-copy", tr("Copy the preview as a picture"), &PreviewPicture::copy);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut); // elsewhere it copies steps or text
    pages.addAction(m_copy);
    m_save =
        add("savePicture", "document-save-as", tr("Save the preview as a picture…"), &PreviewPicture::save);
    m_menu->addSeparator();
    add("newSampleOfMenu", "view-refresh", tr("New sample"), [&pages] { Q_EMIT pages.newSampleRequested(); });
    pages.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&pages, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { m_menu->popup(m_pages.mapToGlobal(at)); });
}

QToolButton *PreviewPicture::makeCopyButton() {
    QToolButton *button = iconButton(QStringLiteral("copyPreview"), QStringLiteral("edit-copy"),
                                     withShortcut(m_copy->text(), QKeySequence::Copy));
    connect(button, &QToolButton::clicked, this, &PreviewPicture::copy);
    return button;
}

QToolButton *PreviewPicture::makeSaveButton() {
    QToolButton *button =
        iconButton(QStringLiteral("savePreview"), QStringLiteral("document-save-as"), m_save->text());
    connect(button, &QToolButton::clicked, this, &PreviewPicture::save);
    return button;
}

void PreviewPicture::copy() {
    const QImage picture = m_pages.picture();
    if (picture.isNull())
        return Q_EMIT failed(tr("There is no preview to copy yet."));
    QApplication::clipboard()->setImage(picture);
    const QString message =
        tr("Copied as a picture of %1 × %2 px").arg(picture.width()).arg(picture.height());
    QToolTip::showText(m_pages.mapToGlobal(QPoint(8, 8)), message,
                       &m_pages); // a message would move the layout
}

void PreviewPicture::save() {
    QFileDialog *dialog =
        newFileDialog(m_pages.window(), QStringLiteral("previewPictureDialog"), tr("Save the preview"),
                      tr("Pictures (*.png *.jpg)"), FolderFor::Exports);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(suggestedFile());
    connect(dialog, &QFileDialog::fileSelected, this, &PreviewPicture::saveTo);
    dialog->open();
}

void PreviewPicture::saveTo(const QString &file) {
    const QImage picture = m_pages.picture();
    if (picture.isNull())
        return Q_EMIT failed(tr("There is no preview to save yet."));
    try {
        write(picture, file);
        Q_EMIT saved(tr("Saved: %1").arg(file));
    } catch (const std::exception &error) {
        Q_EMIT failed(tr("The preview was not saved: %1.").arg(QString::fromStdString(error.what())));
    }
}

QString PreviewPicture::suggestedFile() const {
    QString name = m_name;
    name.replace(QChar('/'), QChar('-'));
    return QStringLiteral("%1.png").arg(name.isEmpty() ? tr("preview") : name);
}

} // namespace simclr::ui
