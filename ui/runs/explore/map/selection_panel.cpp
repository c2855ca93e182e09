// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/selection_panel.h"

#include "core/data/data_source.h"
#include "core/data/selection.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/map/map_selection.h"
#include "ui/runs/explore/map/selection_export.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/tool_buttons.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <algorithm>
#include <exception>
#include <utility>

namespace simclr::ui {

namespace {

/// Writes the selection; returns the source that opens the images with it.
QString writeImageSelection(const Dataset &images, const std::vector<std::uint32_t> &samples,
                            const std::filesystem::path &file, bool isKept) {
    requireOutsideImages(file, images);
    const std::string name = file.stem().string();
    saveSelection(isKept ? keeping(images, samples, name) : leavingOut(images, samples, name), file);
    DataSource source = dataSourceFromText(images.report().source);
    source.selection = file.string();
    return QString::fromStdString(toText(source));
}

} // namespace

SelectionPanel::SelectionPanel(MapSelection &selection, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_points([] { return MapPoints(); }),
      m_gallery(new ImageGallery(this)),
      m_message(new InlineMessage(this)),
      m_export(choiceButton(QStringLiteral("exportSelection"), tr("Export"),
                            tr("Write the selected images, or all others, as a table or as a dataset"))),
      m_clear(choiceButton(QStringLiteral("clearSelection"), tr("Clear"),
                           withShortcut(tr("Select no image"), Qt::Key_Escape))) {
    build();
    buildMenu();
    connect(&m_selection, &MapSelection::changed, this, &SelectionPanel::showImages);
    connect(m_gallery, &ImageGallery::imageChosen, this, &SelectionPanel::imageChosen);
    connect(m_message, &InlineMessage::actionRequested, this, [this] { Q_EMIT openRequested(m_written); });
    connect(m_clear, &QToolButton::clicked, &m_selection, &MapSelection::clear);
    connect(m_message, &InlineMessage::secondActionRequested, this, [this] {
        m_worker.cancel();
        m_message->clear();
    });
    showImages();
}

std::vector<std::uint32_t> SelectionPanel::listedSamples() const {
    std::vector<std::uint32_t> samples;
    for (const GalleryItem &item : m_gallery->items())
        samples.push_back(item.sample);
    std::ranges::sort(samples);
    return samples;
}

void SelectionPanel::build() {
    m_gallery->setObjectName(QStringLiteral("selectionGallery"));
    m_gallery->setEmptyTexts(tr("No image selected"),
                             tr("Drag over the map with Shift, or choose the lasso or the rectangle above "
                                "it."));
    auto *buttons = new QHBoxLayout;
    for (QToolButton *button : {m_export, m_clear}) {
        button->setCheckable(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addWidget(m_gallery, 1);
}

void SelectionPanel::buildMenu() {
    auto *menu = new QMenu(this);
    const auto add = [this, menu](const char *name, const QString &text, auto work) {
        menu->addAction(text, this, work)->setObjectName(QLatin1String(name));
    };
    add("exportTable", tr("As a table (CSV)…"), [this] { askForTable(); });
    add("exportSelected", tr("As a new dataset…"), [this] { askForFolder(false); });
    add("exportOthers", tr("All other images as a new dataset…"), [this] { askForFolder(true); });
    menu->addSeparator();
    add("keepAsSelection", tr("Only these as a selection…"), [this] { askForSelection(true); });
    add("leaveOutAsSelection", tr("All but these as a selection…"), [this] { askForSelection(false); });
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setMenu(menu);
}

void SelectionPanel::setImages(const std::optional<MappedImages> &images) {
    const bool areSame = images && m_images && images->features == m_images->features &&
                         images->predicted == m_images->predicted;
    if (areSame || (!images && !m_images))
        return;
    m_images = images;
    m_gallery->setDataset(images ? images->features->images : nullptr);
    showImages();
}

void SelectionPanel::showImages() {
    std::vector<GalleryItem> items;
    if (m_images) {
        const FeatureTable &table = m_images->table();
        for (std::size_t row = 0; row < table.rows() && !m_selection.samples().empty(); ++row)
            if (m_selection.contains(table.samples[row]))
                items.push_back({table.samples[row], table.labels[row], m_images->predicted[row], {}});
    }
    for (QToolButton *button : {m_export, m_clear})
        button->setEnabled(!items.empty());
    if (!m_worker.isWorking())
        m_message->clear();
    m_gallery->setItems(std::move(items), tr("Selected"));
}

void SelectionPanel::askForTable() {
    QFileDialog *dialog =
        newFileDialog(this, QStringLiteral("selectionFile"), tr("Export the selected images"),
                      tr("CSV tables (*.csv)"), FolderFor::Exports);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &SelectionPanel::exportTable);
    dialog->open();
}

void SelectionPanel::exportTable(const QString &file) {
    if (!m_images)
        return;
    const auto work = [file, images = *m_images, points = m_points(), samples = listedSamples()] {
        try {
            writeSelection(toPath(file), images, points, samples);
        } catch (const std::exception &error) {
            return QString::fromStdString(error.what());
        }
        return QString();
    };
    m_worker.ask(work, [this, file](const QString &problem) { showWritten(file, problem); });
}

void SelectionPanel::askForFolder(bool isOfOthers) {
    QFileDialog *dialog = newFileDialog(this, QStringLiteral("selectionFolder"),
                                        tr("Write the images to a new folder"), {}, FolderFor::Images);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, isOfOthers](const QString &folder) { exportFolder(folder, isOfOthers); });
    dialog->open();
}

void SelectionPanel::exportFolder(const QString &folder, bool isOfOthers) {
    if (!m_images)
        return;
    showProgress(0, 0);
    const auto work = [this, folder, isOfOthers, images = m_images->features->images,
                       samples = listedSamples()](const BackgroundWorker::Task &task) {
        std::pair<ExportedFolder, QString> result;
        try {
            const auto wanted = isOfOthers ? otherSamples(*images, samples) : samples;
            const auto progress = [&](std::size_t done) {
                constexpr std::size_t often = 64;
                if (done % often == 0)
                    task.post([this, done, all = wanted.size()] { showProgress(done, all); });
            };
            result.first = exportImageFolder(*images, wanted, toPath(folder), task.stop(), progress);
        } catch (const std::exception &error) {
            result.second = QString::fromStdString(error.what());
        }
        return result;
    };
    m_worker.ask(work, [this, folder](const std::pair<ExportedFolder, QString> &result) {
        if (result.second.isEmpty())
            showFolder(folder, result.first);
        else
            showWritten(folder, result.second);
    });
}

void SelectionPanel::askForSelection(bool isKept) {
    QFileDialog *dialog =
        newFileDialog(this, QStringLiteral("selectionJsonFile"), tr("Save the images as a selection"),
                      tr("Selections (*.json)"), FolderFor::Images);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, isKept](const QString &file) { exportSelection(file, isKept); });
    dialog->open();
}

void SelectionPanel::exportSelection(const QString &file, bool isKept) {
    if (!m_images)
        return;
    const auto work = [file, isKept, images = m_images->features->images, samples = listedSamples()] {
        std::pair<QString, QString> result; // the source, or a problem
        try {
            result.first = writeImageSelection(*images, samples, toPath(file), isKept);
        } catch (const std::exception &error) {
            result.second = QString::fromStdString(error.what());
        }
        return result;
    };
    m_worker.ask(work, [this, file](const std::pair<QString, QString> &result) {
        if (!result.second.isEmpty())
            return showWritten(file, result.second);
        m_written = result.first;
        m_message->showText(InlineMessage::Tone::Done, tr("Written: %1").arg(file),
                            tr("Open as the dataset"));
    });
}

void SelectionPanel::showProgress(std::size_t done, std::size_t all) {
    m_message->showText(InlineMessage::Tone::Done,
                        all == 0 ? tr("Writing images")
                                 : tr("Writing images: %1 of %2").arg(countText(done), countText(all)),
                        {}, tr("Cancel"));
}

void SelectionPanel::showFolder(const QString &folder, const ExportedFolder &written) {
    if (written.written == 0)
        return showWritten(folder, tr("None of the images could be written."));
    m_written = QStringLiteral("folder:") + folder;
    QStringList parts{tr("Written: %1, images: %2").arg(folder, countText(written.written))};
    if (written.unlabelled > 0)
        parts.append(tr("left out without a label: %1").arg(countText(written.unlabelled)));
    if (written.unreadable > 0)
        parts.append(tr("not readable: %1").arg(countText(written.unreadable)));
    m_message->showText(InlineMessage::Tone::Done, parts.join(QStringLiteral(" · ")),
                        tr("Open as the dataset"));
}

void SelectionPanel::showWritten(const QString &where, const QString &problem) {
    if (problem.isEmpty())
        m_message->showText(InlineMessage::Tone::Done, tr("Written: %1").arg(where));
    else
        m_message->showText(InlineMessage::Tone::Error, problem);
}

} // namespace simclr::ui
