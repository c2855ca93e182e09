// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/neighbours/neighbours_panel.h"

#include "core/image/codec.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/gallery/thumbnail_loader.h"
#include "ui/runs/explore/map/image_text.h"
#include "ui/text/paths.h"
#include "ui/text/run_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr std::size_t neighbours = 24; ///< that are listed
constexpr int pictureSide = 64;

QString imageFilter() {
    QStringList patterns;
    for (const std::string &extension : imageExtensions())
        patterns.append(QStringLiteral("*") + QString::fromStdString(extension));
    return QStringLiteral("(%1)").arg(patterns.join(QLatin1Char(' ')));
}

} // namespace

QString droppedImage(const QMimeData *data) {
    const QList<QUrl> urls = data->urls();
    const QString file = urls.size() == 1 ? urls.front().toLocalFile() : QString();
    return hasImageExtension(toPath(file)) ? file : QString();
}

NeighboursPanel::NeighboursPanel(QWidget *parent)
    : QWidget(parent),
      m_thumbnails(new ThumbnailLoader(this)),
      m_picture(plainLabel({}, this)),
      m_text(plainLabel({}, this)),
      m_message(new InlineMessage(this)),
      m_open(iconButton(QStringLiteral("openNeighbourFile"), QStringLiteral("document-open"),
                        tr("Find the neighbours of an image file; it can also be dropped here"), this)),
      m_galleries{new ImageGallery(this), new ImageGallery(this)} {
    setAcceptDrops(true);
    build();
    connect(m_open, &QToolButton::clicked, this, &NeighboursPanel::askForFile);
    connect(m_thumbnails, &ThumbnailLoader::loaded, this, &NeighboursPanel::showQuery);
    for (ImageGallery *gallery : m_galleries)
        connect(gallery, &ImageGallery::imageActivated, this, &NeighboursPanel::showImage);
    setSources({});
}

void NeighboursPanel::build() {
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_picture->setAlignment(Qt::AlignCenter);
    m_text->setObjectName(QStringLiteral("neighboursOf"));
    m_text->setWordWrap(true);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *query = new QHBoxLayout;
    query->addWidget(m_picture);
    query->addWidget(m_text, 1);
    query->addWidget(m_open, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(query);
    layout->addWidget(m_message);
    for (std::size_t i = 0; i < m_galleries.size(); ++i) {
        m_galleries[i]->setObjectName(QStringLiteral("neighbourGallery%1").arg(i + 1));
        m_galleries[i]->setEmptyTexts(tr("No image chosen"),
                                      tr("Click an image to see the images that the encoder finds most "
                                         "similar, or drop an image file here."));
        layout->addWidget(m_galleries[i], 1);
    }
}

void NeighboursPanel::setSources(std::vector<NeighbourSourcePtr> sources) {
    m_sources = std::move(sources);
    for (std::size_t i = 0; i < m_galleries.size(); ++i) {
        m_galleries[i]->setVisible(i == 0 || i < m_sources.size());
        m_galleries[i]->setDataset(i < m_sources.size() ? m_sources[i]->images.features->images : nullptr);
    }
    m_thumbnails->setDataset(m_sources.empty() ? nullptr : m_sources.front()->images.features->images);
    m_open->setEnabled(!m_sources.empty());
    search();
}

void NeighboursPanel::showImage(quint32 sample) {
    m_sample = sample;
    m_file.clear();
    search();
}

void NeighboursPanel::showFile(const QString &file) {
    m_sample.reset();
    m_file = file;
    search();
}

void NeighboursPanel::search() {
    m_message->clear();
    showQuery();
    if (m_sources.empty() || (!m_sample && m_file.isEmpty())) {
        m_worker.cancel();
        return showFound({});
    }
    m_worker.ask(
        [sources = m_sources, sample = m_sample, file = toPath(m_file)] {
            std::vector<FoundNeighbours> found;
            for (const NeighbourSourcePtr &source : sources)
                found.push_back(sample ? neighboursOfImage(*source, *sample, neighbours)
                                       : neighboursOfFile(*source, file, neighbours));
            return found;
        },
        [this](const std::vector<FoundNeighbours> &found) { showFound(found); });
}

void NeighboursPanel::showQuery() {
    m_picture->clear();
    m_text->setText(m_file.isEmpty() ? QString() : QFileInfo(m_file).fileName());
    if (!m_sample || m_sources.empty())
        return m_picture->setVisible(false);
    m_picture->setVisible(true);
    const MappedImages &images = m_sources.front()->images;
    const std::vector<std::uint32_t> &samples = images.table().samples;
    const auto row = std::ranges::find(samples, *m_sample);
    if (row != samples.end())
        m_text->setText(imageDescription(images, std::size_t(row - samples.begin())));
    m_thumbnails->setSide(pictureSide, devicePixelRatioF());
    m_thumbnails->load({*m_sample});
    if (const auto *thumbnail = m_thumbnails->thumbnail(*m_sample))
        m_picture->setPixmap(thumbnail->pixmap);
}

QString NeighboursPanel::headingOf(const std::vector<FoundNeighbours> &found, std::size_t place) const {
    const FoundNeighbours &mine = found[place];
    QStringList parts;
    if (m_sources.size() > 1) {
        const NeighbourSource &source = *m_sources[place];
        parts.append(
            tr("%1, %2").arg(runTitle(source.run), source.request.features == FeatureKind::H ? "h" : "z"));
    }
    if (mine.isLabelled)
        parts.append(tr("of its class: %1 of %2").arg(mine.sameClass).arg(mine.items.size()));
    if (place == 1)
        parts.append(tr("also above: %1").arg(commonImages(found[0], mine)));
    return parts.isEmpty() ? tr("Nearest images") : parts.join(QStringLiteral(" · "));
}

void NeighboursPanel::showFound(const std::vector<FoundNeighbours> &found) {
    for (std::size_t i = 0; i < m_galleries.size(); ++i) {
        const bool isFound = i < found.size() && found[i].problem.isEmpty();
        m_galleries[i]->setItems(isFound ? found[i].items : std::vector<GalleryItem>(),
                                 isFound ? headingOf(found, i) : QString());
        if (i < found.size() && !isFound)
            m_message->showText(InlineMessage::Tone::Error, found[i].problem);
    }
    Q_EMIT this->found(found);
}

void NeighboursPanel::askForFile() {
    QFileDialog *dialog =
        newFileDialog(this, QStringLiteral("neighbourFile"), tr("Find the neighbours of an image"),
                      tr("Images %1").arg(imageFilter()), FolderFor::Images);
    connect(dialog, &QFileDialog::fileSelected, this, &NeighboursPanel::showFile);
    dialog->open();
}

void NeighboursPanel::dragEnterEvent(QDragEnterEvent *event) {
    if (!m_sources.empty() && !droppedImage(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void NeighboursPanel::dropEvent(QDropEvent *event) {
    showFile(droppedImage(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace simclr::ui
