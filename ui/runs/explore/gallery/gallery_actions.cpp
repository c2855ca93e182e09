// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/gallery/gallery_actions.h"

#include "core/image/codec.h"
#include "core/util/csv.h"
#include "core/util/files.h"
#include "ui/runs/explore/gallery/gallery_model.h"
#include "ui/data/image_file.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QListView>
#include <QMenu>
#include <algorithm>

namespace simclr::ui {

namespace {

/// The path, or, for an image without a file, its index.
QString pathText(const Dataset *dataset, std::uint32_t sample) {
    if (dataset == nullptr)
        return QString::number(sample);
    const auto file = fileOf(*dataset, sample);
    return file ? toQString(*file) : QString::number(sample);
}

std::string field(const QString &text) {
    return csvField(text.toStdString());
}

std::string tableOf(const std::vector<GalleryItem> &items, const Dataset *dataset) {
    std::string rows = "index,file,class,predicted,note\n";
    for (const GalleryItem &item : items)
        rows += std::to_string(item.sample) + "," +
                (dataset ? field(imageText(dataset, item.sample)) : std::string()) + "," +
                field(classText(dataset, item.label)) + "," + field(classText(dataset, item.predicted)) +
                "," + field(item.note) + "\n";
    return rows;
}

QFileDialog *saveDialog(QWidget &window, const char *name, const QString &title, const QString &filter,
                        const QString &suffix) {
    QFileDialog *dialog = newFileDialog(&window, QLatin1String(name), title, filter, FolderFor::Exports);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    return dialog;
}

} // namespace

GalleryActions::GalleryActions(QListView &view, const GalleryModel &model, QObject *parent)
    : QObject(parent), m_view(view), m_model(model), m_menu(new QMenu(&view)) {
    m_menu->setObjectName(QStringLiteral("galleryMenu"));
    m_copy = add("copyImagePaths", "edit-copy", tr("Copy path"), &GalleryActions::copy);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    view.addAction(m_copy);
    m_show =
        add("showImageFile", "document-open-folder", tr("Show in file manager"), &GalleryActions::showFile);
    m_save = add("saveImage", "document-save-as", tr("Save image as…"), &GalleryActions::askForImageFile);
    m_menu->addSeparator();
    add("saveImageList", "document-export", tr("Export list as CSV…"), &GalleryActions::askForListFile);
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this, &GalleryActions::offer);
}

QAction *GalleryActions::add(const char *name, const char *icon, const QString &text,
                             void (GalleryActions::*work)()) {
    QAction *action = m_menu->addAction(theme::icon(QLatin1String(icon)), text);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, work);
    return action;
}

void GalleryActions::offer(const QPoint &place) {
    const GalleryItem *item = current();
    if (item == nullptr)
        return;
    const bool hasFile = m_dataset != nullptr && fileOf(*m_dataset, item->sample).has_value();
    m_copy->setText(hasFile ? tr("Copy path") : tr("Copy index"));
    m_show->setVisible(hasFile);
    m_save->setVisible(m_dataset != nullptr);
    m_menu->popup(m_view.viewport()->mapToGlobal(place));
}

const GalleryItem *GalleryActions::current() const {
    const int row = m_view.currentIndex().row();
    return row >= 0 && row < m_model.rowCount() ? &m_model.items()[std::size_t(row)] : nullptr;
}

std::vector<GalleryItem> GalleryActions::chosen() const {
    QModelIndexList rows = m_view.selectionModel()->selectedIndexes();
    if (rows.isEmpty())
        return m_model.items();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    std::vector<GalleryItem> items;
    for (const QModelIndex &index : std::as_const(rows))
        items.push_back(m_model.items()[std::size_t(index.row())]);
    return items;
}

void GalleryActions::copy() {
    if (m_model.rowCount() == 0)
        return;
    QStringList lines;
    for (const GalleryItem &item : chosen())
        lines.append(pathText(m_dataset.get(), item.sample));
    QGuiApplication::clipboard()->setText(lines.join(QChar('\n')));
    Q_EMIT done(lines.size() == 1 ? tr("Copied: %1").arg(lines.front())
                                  : tr("Copied %1 lines.").arg(countText(lines.size())),
                false);
}

void GalleryActions::showFile() {
    const GalleryItem *item = current();
    const auto file =
        item != nullptr && m_dataset != nullptr ? fileOf(*m_dataset, item->sample) : std::nullopt;
    if (!file)
        return;
    if (QFileInfo::exists(toQString(*file)))
        showInFileManager(*file);
    else
        Q_EMIT done(tr("%1 was not found.").arg(toQString(*file)), true);
}

void GalleryActions::askForListFile() {
    QFileDialog *dialog = saveDialog(*m_view.window(), "imageListDialog", tr("Export list of images"),
                                     tr("Tables (*.csv)"), QStringLiteral("csv"));
    dialog->selectFile(tr("images") + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &GalleryActions::saveListTo);
    dialog->open();
}

void GalleryActions::askForImageFile() {
    const GalleryItem *item = current();
    if (item == nullptr || m_dataset == nullptr)
        return;
    QFileDialog *dialog = saveDialog(*m_view.window(), "saveImageDialog", tr("Save image"),
                                     tr("Pictures (*.png)"), QStringLiteral("png"));
    dialog->selectFile(QFileInfo(imageText(m_dataset.get(), item->sample)).completeBaseName() +
                       QStringLiteral(".png"));
    connect(dialog, &QFileDialog::fileSelected, this, &GalleryActions::saveImageTo);
    dialog->open();
}

void GalleryActions::saveListTo(const QString &file) {
    m_worker.ask(
        [items = chosen(), dataset = m_dataset, file]() -> QString {
            try {
                if (dataset != nullptr)
                    requireOutsideImages(toPath(file), *dataset);
                writeFileAtomically(toPath(file), tableOf(items, dataset.get()));
                return {};
            } catch (const std::exception &error) {
                return QString::fromStdString(error.what());
            }
        },
        [this, file](const QString &problem) {
            Q_EMIT done(problem.isEmpty() ? tr("Saved: %1").arg(file)
                                          : tr("The list was not saved: %1.").arg(problem),
                        !problem.isEmpty());
        });
}

void GalleryActions::saveImageTo(const QString &file) {
    const GalleryItem *item = current();
    if (item == nullptr || m_dataset == nullptr)
        return;
    m_worker.ask(
        [sample = item->sample, dataset = m_dataset, file]() -> QString {
            try {
                requireOutsideImages(toPath(file), *dataset);
                writePng(dataset->image(sample), toPath(file));
                return {};
            } catch (const std::exception &error) {
                return QString::fromStdString(error.what());
            }
        },
        [this, file](const QString &problem) {
            Q_EMIT done(problem.isEmpty() ? tr("Saved: %1").arg(file)
                                          : tr("The image was not saved: %1.").arg(problem),
                        !problem.isEmpty());
        });
}

} // namespace simclr::ui
