// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_sample_bar.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <limits>
#include <numeric>

namespace simclr::ui {

namespace {

QSpinBox *makePlace() {
    auto *place = new QSpinBox;
    place->setObjectName(QStringLiteral("previewFirst"));
    place->setToolTip(PreviewSampleBar::tr("First image shown, counted from 1; type a number to go there"));
    place->setAccessibleName(PreviewSampleBar::tr("First image shown"));
    place->setButtonSymbols(QAbstractSpinBox::NoButtons);
    place->setGroupSeparatorShown(true);
    place->setFixedWidth(64);
    SpinBoxBehaviour::install(*place);
    return place;
}

QComboBox *makeClasses() {
    auto *classes = new QComboBox;
    classes->setObjectName(QStringLiteral("previewClass"));
    classes->setToolTip(PreviewSampleBar::tr("Show images of this class only"));
    classes->setAccessibleName(PreviewSampleBar::tr("Class of the images shown"));
    classes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    classes->setMinimumContentsLength(10);
    WheelGuard::install(classes);
    return classes;
}

QPushButton *makeBack() {
    auto *back = new QPushButton(PreviewSampleBar::tr("Back to the dataset"));
    back->setObjectName(QStringLiteral("backToDatasetButton"));
    back->setToolTip(PreviewSampleBar::tr("Show the dataset's images again"));
    return back;
}

} // namespace

PreviewSampleBar::PreviewSampleBar(QWidget *parent)
    : QWidget(parent),
      m_row(new QHBoxLayout(this)),
      m_before(iconButton(QStringLiteral("imagesBefore"), QStringLiteral("go-previous"),
                          withShortcut(tr("Previous images"), QKeySequence(Qt::Key_PageUp)))),
      m_behind(iconButton(QStringLiteral("imagesBehind"), QStringLiteral("go-next"),
                          withShortcut(tr("Next images"), QKeySequence(Qt::Key_PageDown)))),
      m_place(makePlace()),
      m_range(mutedLabel()),
      m_shuffle(iconButton(QStringLiteral("shuffleImages"), QStringLiteral("media-playlist-shuffle"),
                           tr("Shuffle the images of the dataset; seed and epoch do not change"))),
      m_usual(iconButton(QStringLiteral("usualOrder"), QStringLiteral("edit-undo"),
                         tr("Back to the default order of the images"))),
      m_class(makeClasses()),
      m_owner(new ElidedLabel),
      m_back(makeBack()) {
    assemble();
    connectParts();
    showPlace();
    showOwner();
}

void PreviewSampleBar::assemble() {
    m_range->setObjectName(QStringLiteral("previewRange"));
    m_owner->setObjectName(QStringLiteral("previewOwner"));
    m_owner->setToolTip(tr("Training and the diagnostics below use the dataset's images"));
    m_usual->hide();
    m_class->hide();
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(4);
    for (QWidget *part : std::initializer_list<QWidget *>{m_before, m_place, m_range, m_behind, m_shuffle,
                                                          m_usual, m_class, m_owner, m_back})
        m_row->addWidget(part);
    m_row->addStretch(1);
}

void PreviewSampleBar::connectParts() {
    connect(m_before, &QToolButton::clicked, this, [this] { turnPage(-1); });
    connect(m_behind, &QToolButton::clicked, this, [this] { turnPage(1); });
    connect(m_place, &QSpinBox::valueChanged, this, [this](int place) {
        m_first = std::size_t(place - 1);
        showPlace();
        Q_EMIT changed();
    });
    connect(m_shuffle, &QToolButton::clicked, this, [this] {
        constexpr quint32 most = std::numeric_limits<qint32>::max();
        chooseOrder({m_order.label, QRandomGenerator::global()->bounded(1U, most)});
    });
    connect(m_usual, &QToolButton::clicked, this, [this] { chooseOrder({m_order.label, 0}); });
    connect(m_class, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant label = m_class->currentData();
        chooseOrder({label.isValid() ? std::optional(label.toInt()) : std::nullopt, m_order.shuffle});
    });
    connect(m_back, &QPushButton::clicked, this, &PreviewSampleBar::backToDatasetRequested);
}

void PreviewSampleBar::setDataset(const DatasetPtr &dataset) {
    if (!dataset)
        return;
    const bool isSame = m_classNames == dataset->report().classNames;
    m_classNames = dataset->report().classNames;
    offerClasses(*dataset);
    if (isSame)
        showOrder();
    else
        startOver();
    showOwner();
}

/// While a folder is read, the number of images with a label is not known yet.
void PreviewSampleBar::offerClasses(const Dataset &dataset) {
    const QSignalBlocker quiet(m_class);
    const DatasetReport &report = dataset.report();
    m_class->clear();
    m_class->addItem(tr("All classes"));
    for (std::size_t i = 0; i < report.classNames.size(); ++i)
        m_class->addItem(QString::fromStdString(report.classNames[i]), int(i));
    const std::size_t labelled =
        std::accumulate(report.classCounts.begin(), report.classCounts.end(), std::size_t{0});
    if (!report.classCounts.empty() && labelled < dataset.size())
        m_class->addItem(tr("without a label"), Dataset::unlabelled);
}

void PreviewSampleBar::setOwn(const OwnImagesPtr &own) {
    if (own && !m_own)
        m_firstOfDataset = m_first;
    m_first = own ? 0 : m_firstOfDataset;
    m_own = own;
    m_total = 0; // until the images are shown
    showOwner();
    showPlace();
}

void PreviewSampleBar::startOver() {
    m_order = {};
    m_first = m_firstOfDataset = 0;
    m_total = 0;
    showOrder();
    showPlace();
}

void PreviewSampleBar::chooseOrder(const SampleOrder &order) {
    m_order = order;
    m_first = 0;
    showOrder();
    showPlace();
    Q_EMIT changed();
}

/// Falls back to all classes if the selected one no longer exists.
void PreviewSampleBar::showOrder() {
    const QSignalBlocker quiet(m_class);
    const int at = m_order.label ? m_class->findData(*m_order.label) : 0;
    if (at < 0)
        m_order.label.reset();
    m_class->setCurrentIndex(std::max(0, at));
    m_usual->setVisible(!m_own && m_order.shuffle != 0);
}

void PreviewSampleBar::setShown(const Preview &preview, int visible, bool isNewest) {
    m_total = preview.total;
    if (isNewest)
        m_first = preview.request.first;
    setVisibleImages(visible);
}

void PreviewSampleBar::setVisibleImages(int visible) {
    m_visible = visible;
    if (m_first + std::size_t(std::max(1, visible)) < m_total || m_page == 0)
        m_page = visible; // the last page may be shorter
    showPlace();
}

bool PreviewSampleBar::turnPage(int direction) {
    const auto step = std::size_t(std::max(1, direction > 0 ? m_visible : std::max(m_visible, m_page)));
    const bool isThere = direction > 0 ? m_first + step < m_total : m_first > 0;
    if (!isThere)
        return false;
    m_first = direction > 0 ? m_first + step : m_first - std::min(m_first, step);
    showPlace();
    Q_EMIT changed();
    return true;
}

void PreviewSampleBar::showPlace() {
    const QSignalBlocker quiet(m_place);
    const std::size_t last = std::min(m_total, m_first + std::size_t(std::max(1, m_visible)));
    m_place->setRange(m_total > 0 ? 1 : 0,
                      int(std::min<std::size_t>(m_total, std::numeric_limits<int>::max())));
    m_place->setValue(m_total > 0 ? int(m_first + 1) : 0);
    m_range->setText(m_total > 0 ? tr("– %1 of %2").arg(countText(last), countText(m_total))
                                 : tr("of %1").arg(countText(m_total)));
    m_before->setEnabled(m_first > 0);
    m_behind->setEnabled(last < m_total);
}

void PreviewSampleBar::showOwner() {
    const bool isOwn = m_own != nullptr;
    m_shuffle->setVisible(!isOwn);
    m_usual->setVisible(!isOwn && m_order.shuffle != 0);
    m_class->setVisible(!isOwn && !m_classNames.empty());
    m_owner->setVisible(isOwn);
    m_back->setVisible(isOwn);
    if (isOwn)
        m_owner->setText(ownerText());
}

QString PreviewSampleBar::ownerText() const {
    const bool areOfDataset = m_own->front().dataset != nullptr;
    if (m_own->size() == 1)
        return (areOfDataset ? tr("chosen image: %1") : tr("your own image: %1")).arg(m_own->front().name);
    return areOfDataset ? tr("%n chosen images of the dataset", nullptr, int(m_own->size()))
                        : tr("%n own images, not from the dataset", nullptr, int(m_own->size()));
}

} // namespace simclr::ui
