namespace NuCypher.P2P.Policy.Alice;

/// <summary>What Alice wants to grant.</summary>
/// <param name="Label">What she shares.</param>
/// <param name="Bob">With whom.</param>
/// <param name="Threshold">How many Ursulas Bob needs; 1 to <paramref name="Shares"/>.</param>
/// <param name="Shares">How many Ursulas hold a kfrag; at most 32.</param>
/// <param name="Validity">When Bob may read.</param>
public sealed record GrantTerms(PolicyLabel Label, BobCard Bob, int Threshold, int Shares, Validity Validity);
