// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/class_bars.h"

#include "ui/text/dataset_text.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {
constexpr std::size_t shownClasses = 12;
constexpr int rowHeight = 20;
constexpr int nameWidth = 130;
constexpr int countWidth = 64;
} // namespace

ClassBars::ClassBars(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("classBars"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ClassBars::setReport(const DatasetReport &report) {
    const std::size_t shown = std::min(shownClasses, report.classNames.size());
    m_names.assign(report.classNames.begin(), report.classNames.begin() + std::ptrdiff_t(shown));
    m_counts.assign(report.classCounts.begin(), report.classCounts.begin() + std::ptrdiff_t(shown));
    m_rest = report.classNames.size() - shown;
    setVisible(shown > 0);
    updateGeometry();
    update();
}

QSize ClassBars::sizeHint() const {
    return {300, rowHeight * int(m_names.size() + (m_rest > 0 ? 1 : 0))};
}

void ClassBars::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const std::size_t largest =
        m_counts.empty() ? 1 : std::max<std::size_t>(1, *std::ranges::max_element(m_counts));
    const int barSpace = width() - nameWidth - countWidth - 16;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        const QRect row(0, int(i) * rowHeight, width(), rowHeight);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(
            row.adjusted(0, 0, nameWidth - width(), 0), Qt::AlignLeft | Qt::AlignVCenter,
            fontMetrics().elidedText(QString::fromStdString(m_names[i]), Qt::ElideMiddle, nameWidth));
        const double part = double(m_counts[i]) / double(largest);
        const QRectF bar(nameWidth + 8, row.center().y() - 2, std::max(3.0, barSpace * part), 5);
        painting::box(&painter, bar, theme::accent(), {}, 2.5);
        painter.setPen(theme::mutedText());
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, countText(m_counts[i]));
    }
    if (m_rest > 0) {
        painter.setPen(theme::mutedText());
        painter.drawText(QRect(0, int(m_names.size()) * rowHeight, width(), rowHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, tr("and %1 more classes").arg(countText(m_rest)));
    }
}

} // namespace simclr::ui
