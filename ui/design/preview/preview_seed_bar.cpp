// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_seed_bar.h"

#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"
#include "ui/workspace/option_settings.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int spinWidth = 104;

template <typename Spin>
Spin *makeSpin(const char *name, const QString &prefix, const QString &toolTip) {
    auto *spin = new Spin;
    spin->setObjectName(QString::fromLatin1(name));
    spin->setPrefix(prefix);
    spin->setToolTip(toolTip);
    spin->setAccessibleName(toolTip);
    spin->setFixedWidth(spinWidth);
    WheelGuard::install(spin);
    return spin;
}

QSpinBox *makeEpoch() {
    auto *spin = makeSpin<QSpinBox>("previewEpoch", PreviewSeedBar::tr("epoch "),
                                    PreviewSeedBar::tr("Epoch whose views are shown, counted from 0"));
    spin->setRange(0, std::numeric_limits<int>::max());
    return spin;
}

/// Accepts every seed of a run: integers up to 2⁵³, which a QSpinBox does not support.
QDoubleSpinBox *makeSeed() {
    auto *spin = makeSpin<QDoubleSpinBox>("previewSeed", PreviewSeedBar::tr("seed "),
                                          PreviewSeedBar::tr("Seed of the random numbers, as for a run"));
    const Parameter &seed = trainOptionsDescription().parameter("seed", "preview");
    spin->setDecimals(0);
    spin->setRange(seed.minimum, seed.maximum);
    spin->setValue(double(std::get<std::int64_t>(seed.initial)));
    return spin;
}

const Parameter &viewSizes() {
    return trainOptionsDescription().parameter("image_size", "preview");
}

/// The common sizes to choose from; any other size that training supports can be typed.
QComboBox *makeViewSizes() {
    const Parameter &range = viewSizes();
    auto *sizes = new QComboBox;
    sizes->setObjectName(QStringLiteral("previewViewSize"));
    sizes->setToolTip(PreviewSeedBar::tr("Side of the views, as set for training; select or type any size "
                                         "from %1 to %2 px")
                          .arg(int(range.minimum))
                          .arg(int(range.maximum)));
    sizes->setAccessibleName(PreviewSeedBar::tr("Side of the views"));
    sizes->setEditable(true);
    sizes->lineEdit()->setAccessibleName(sizes->accessibleName());
    sizes->setInsertPolicy(QComboBox::NoInsert);
    sizes->setCompleter(nullptr); // it would complete a typed 12 to 128
    for (const int side : {32, 48, 64, 96, 128, 160, 192, 224, 256, 320, 384, 448, 512})
        if (side <= range.maximum)
            sizes->addItem(PreviewSeedBar::tr("%1 px").arg(side), side);
    WheelGuard::install(sizes);
    return sizes;
}

/// The number at the beginning of a text, before any unit; empty if there is none.
std::optional<int> leadingNumber(const QString &text) {
    static const QRegularExpression form(QStringLiteral("^\\s*(\\d{1,6})\\s*(px)?\\s*$"));
    const QRegularExpressionMatch match = form.match(text);
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

} // namespace

PreviewSeedBar::PreviewSeedBar(QWidget *parent)
    : QWidget(parent),
      m_seed(makeSeed()),
      m_lock(iconButton(QStringLiteral("lockSeed"), QStringLiteral("object-locked"), {})),
      m_epoch(makeEpoch()),
      m_viewSize(makeViewSizes()) {
    assemble();
    connectParts();
}

void PreviewSeedBar::assemble() {
    const QKeySequence keys(Qt::CTRL | Qt::Key_R);
    const QKeySequence backKeys(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    auto *draw = new QPushButton(theme::icon(QStringLiteral("view-refresh")), tr("New sample"));
    draw->setObjectName(QStringLiteral("newSample"));
    draw->setToolTip(withShortcut(tr("Sample the views of the next epoch"), keys));
    auto *back = iconButton(QStringLiteral("previousSample"), QStringLiteral("go-previous"),
                            withShortcut(tr("Previous sample"), backKeys));
    connect(new QShortcut(keys, this), &QShortcut::activated, this, &PreviewSeedBar::newSample);
    connect(new QShortcut(backKeys, this), &QShortcut::activated, this, &PreviewSeedBar::previousSample);
    connect(draw, &QPushButton::clicked, this, &PreviewSeedBar::newSample);
    connect(back, &QToolButton::clicked, this, &PreviewSeedBar::previousSample);
    m_lock->setCheckable(true);
    m_lock->setAccessibleName(tr("Lock the seed"));
    m_lock->setChecked(true);
    m_lock->setToolTip(tr("Locked: a new sample keeps the seed and uses the next epoch, as training does. "
                          "Unlocked: it uses another seed."));
    auto *bar = new QHBoxLayout(this);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(6);
    bar->addWidget(m_seed);
    bar->addWidget(m_lock);
    bar->addWidget(m_epoch);
    bar->addWidget(m_viewSize);
    bar->addStretch();
    bar->addWidget(back);
    bar->addWidget(draw);
}

void PreviewSeedBar::connectParts() {
    connect(m_seed, &QDoubleSpinBox::valueChanged, this, [this] { Q_EMIT seedChanged(seed()); });
    connect(m_seed, &QDoubleSpinBox::textChanged, this, [this](const QString &text) {
        m_seed->setFixedWidth(std::max(spinWidth, m_seed->fontMetrics().horizontalAdvance(text) + 36));
    });
    connect(m_lock, &QToolButton::toggled, this, [this](bool locked) {
        m_lock->setIcon(
            theme::icon(locked ? QStringLiteral("object-locked") : QStringLiteral("object-unlocked")));
    });
    connect(m_epoch, &QSpinBox::valueChanged, this, &PreviewSeedBar::epochChanged);
    connect(m_viewSize, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT viewSizeChanged(viewSize()); });
    connect(m_viewSize->lineEdit(), &QLineEdit::editingFinished, this, &PreviewSeedBar::enterViewSize);
}

quint64 PreviewSeedBar::seed() const {
    return quint64(m_seed->value());
}

std::uint32_t PreviewSeedBar::epoch() const {
    return std::uint32_t(m_epoch->value());
}

int PreviewSeedBar::viewSize() const {
    return m_viewSize->currentData().toInt();
}

void PreviewSeedBar::newSample() {
    if (m_lock->isChecked())
        m_epoch->setValue(m_epoch->value() + 1);
    else {
        m_seedsBefore.push_back(m_seed->value());
        m_seed->setValue(
            double(QRandomGenerator::global()->bounded(1, 1'000'000))); // practically never the current one
    }
}

/// Seeds first: they were changed by newSample() while the seed was unlocked.
void PreviewSeedBar::previousSample() {
    if (m_lock->isChecked() || m_seedsBefore.empty()) {
        m_epoch->setValue(m_epoch->value() - 1);
        return;
    }
    m_seed->setValue(m_seedsBefore.back());
    m_seedsBefore.pop_back();
}

void PreviewSeedBar::followTraining() {
    const TrainOptions options = rememberedOptions();
    const int side = int(options.imageSize);
    const std::int64_t seed = options.seed;
    if (std::exchange(m_trainedSize, side) != side)
        setViewSize(side);
    if (std::exchange(m_trainedSeed, seed) != seed)
        m_seed->setValue(double(seed));
}

/// Inserts the size in ascending order if it is new.
void PreviewSeedBar::setViewSize(int side) {
    int at = m_viewSize->findData(side);
    if (at < 0) {
        const QSignalBlocker quiet(m_viewSize); // the current index may change
        for (at = 0; at < m_viewSize->count() && m_viewSize->itemData(at).toInt() < side;)
            ++at;
        m_viewSize->insertItem(at, tr("%1 px").arg(side), side);
    }
    m_viewSize->setCurrentIndex(at);
    m_viewSize->setEditText(m_viewSize->itemText(at));
}

/// Ignores text that is not a number; clamps a number to the sizes that training supports.
void PreviewSeedBar::enterViewSize() {
    const Parameter &range = viewSizes();
    const std::optional<int> typed = leadingNumber(m_viewSize->currentText());
    setViewSize(typed ? std::clamp(*typed, int(range.minimum), int(range.maximum)) : viewSize());
}

} // namespace simclr::ui
