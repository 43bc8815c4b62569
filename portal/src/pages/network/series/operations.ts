/** What the series over time ask of the hub. */
import { graphql } from '../../../lib/graphql';
import { RequestCountsParts } from '../operations';

export const NetworkSeries = graphql(`
  query NetworkSeries($filter: NetworkFilter, $bucket: StatisticsBucket!, $by: StatisticsGroup) {
    points: statistics(filter: $filter, bucket: $bucket, by: $by) {
      from
      field { code label }
      province { code name }
      requests { ...RequestCountsParts }
      replications messages illustrative
      waiting { answered lowerQuartileDays medianDays upperQuartileDays }
    }
    whole: statistics(filter: $filter, bucket: WHOLE, by: $by) {
      field { code label }
      province { code name }
      requests { total }
      replications illustrative
      waiting { answered lowerQuartileDays medianDays upperQuartileDays }
      survival { months known running share }
    }
    all: statistics(filter: $filter, bucket: $bucket) {
      from
      waiting { answered lowerQuartileDays medianDays upperQuartileDays }
    }
  }
`, [RequestCountsParts]);
