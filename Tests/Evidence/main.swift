/// Do the statistics keep what they promise? Figures of many studies with fixed seeds, and bounds on
/// them; run by .ci/checks/statistics.sh.
import Foundation

let claims = [intervalCoverage(), falseWinner(), familyOfFalseWinners(), commonRandomNumbers()]
for claim in claims { print(claim) }
let broken = claims.filter { !$0.holds }.count
print("\(claims.count - broken) of \(claims.count) claims hold")
exit(broken == 0 ? 0 : 1)
